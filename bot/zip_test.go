package bot

import (
	"archive/zip"
	"bytes"
	"testing"
)

// zipped is an archive of files with little in them.
func zipped(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		ok(t, err)
		_, err = w.Write([]byte("<xml/>"))
		ok(t, err)
	}
	ok(t, z.Close())
	return b.Bytes()
}
