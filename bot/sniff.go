package bot

import (
	"image"
	"io"
	"path"
	"slices"
	"strings"

	_ "image/gif"  // what a picture must decode as
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise

	"github.com/gabriel-vasile/mimetype"
)

// headSize is how many bytes of a file tell its type.
const headSize = 3072

// welcomeTypes are what evidence may really be, whatever it is called: papers,
// tables, slides, pictures, films, and archives of them. Old Office and WPS
// files share one container, and OFD is a zip.
func welcomeTypes() []string {
	return []string{
		"application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
		"application/x-ole-storage",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation",
		"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
		"application/vnd.oasis.opendocument.presentation",
		"text/plain", "text/csv", "text/tab-separated-values", "text/rtf", "application/json",
		"image/jpeg", "image/png", "image/vnd.mozilla.apng", "image/webp", "image/heic", "image/heif", "image/gif",
		"image/bmp", "image/tiff",
		"application/zip", "application/x-rar-compressed", "application/x-7z-compressed",
		"video/mp4", "video/quicktime",
	}
}

func welcome(mediaType string) bool { return mimetype.EqualsAny(mediaType, welcomeTypes()...) }

// runs tells that the name is one that a computer would run or a browser
// would obey, though its content is mere text or an archive.
func runs(ext string) bool {
	switch ext {
	case ".exe", ".com", ".scr", ".pif", ".dll", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse",
		".wsf", ".hta", ".lnk", ".reg", ".sh", ".py", ".pl", ".rb", ".php", ".jar", ".apk", ".ipa", ".app",
		".html", ".htm", ".xhtml", ".mht", ".mhtml", ".svg", ".xml", ".url", ".iso", ".img":
		return true
	}
	return false
}

// claim is what a name says that its file is.
func claim(ext string) string {
	switch ext {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif", ".bmp", ".tif", ".tiff":
		return "image/"
	case ".pdf":
		return "application/pdf"
	case ".mp4", ".mov":
		return "video/"
	}
	return ""
}

// sniff finds the real type of a file from its first bytes and its name. The
// code is that of a refusal, "" if the file is welcome.
func sniff(head []byte, name string) (mediaType, code string) {
	found := mimetype.Detect(head)
	mediaType, _, _ = strings.Cut(found.String(), ";")
	ext := strings.ToLower(path.Ext(name))
	said := claim(ext)
	switch {
	case len(head) == 0:
		return mediaType, EvidenceEmpty
	case said == "image/" && (!strings.HasPrefix(mediaType, said) || !welcome(mediaType)):
		return mediaType, EvidenceNoPicture
	case !welcome(mediaType), runs(ext), !strings.HasPrefix(mediaType, said):
		return mediaType, EvidenceUnwelcome
	}
	if ext == ".ofd" && mediaType == "application/zip" {
		mediaType = "application/ofd"
	}
	return mediaType, ""
}

// kindOf names the kind of a file that is not taken, as its sender would.
func kindOf(mediaType, name string) string {
	ext := strings.ToLower(path.Ext(name))
	switch {
	case strings.HasPrefix(mediaType, "audio/"):
		return "sound"
	case slices.Contains([]string{".html", ".htm", ".xhtml", ".mht", ".mhtml", ".svg"}, ext), mediaType == "text/html":
		return "page"
	case runs(ext):
		return "program"
	case claim(ext) != "":
		return "belied"
	case strings.Contains(mediaType, "executable"), mediaType == "application/x-elf":
		return "program"
	}
	return "other"
}

// decodes tells whether a picture of a kind that we can read is one. Of other
// kinds nothing is said.
func decodes(mediaType string, r io.Reader) bool {
	switch mediaType {
	case "image/jpeg", "image/png", "image/vnd.mozilla.apng", "image/gif":
		_, _, err := image.DecodeConfig(r)
		return err == nil
	}
	return true
}
