//go:build unix

package blob

import (
	"errors"
	"os"
	"syscall"
)

// lockShared waits until nobody has the file locked alone. The lock ends when the file is closed.
func lockShared(file *os.File) error { return syscall.Flock(int(file.Fd()), syscall.LOCK_SH) }

// held tells whether another has locked the file; if none has, it is locked alone until it is closed.
func held(file *os.File) bool {
	return errors.Is(syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}
