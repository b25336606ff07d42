//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package sandbox

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lock makes f ours until it is closed or the process ends, however it ends.
// A file that another holds is ErrInUse.
func lock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return ErrInUse
	case err != nil:
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}
