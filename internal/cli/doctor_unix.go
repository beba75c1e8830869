//go:build unix

package cli

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// ownerOf names the owner of a file, and tells whether that is who runs this.
func ownerOf(info fs.FileInfo) (name string, mine bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "", true
	}
	name = strconv.Itoa(int(stat.Uid))
	if found, err := user.LookupId(name); err == nil {
		name = found.Username
	}
	return name, int(stat.Uid) == os.Geteuid()
}

// freeSpace is what an ordinary user may still write where the path is.
func freeSpace(path string) (bytes int64, known bool) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(path, &stat); err != nil {
		return 0, false
	}
	return int64(stat.Bavail) * int64(stat.Bsize), true
}

// folderInUse tells whether another process has locked the data folder.
func folderInUse(path string) bool {
	lock, err := os.Open(filepath.Join(path, "hathor.lock"))
	if err != nil {
		return false
	}
	defer func() { _ = lock.Close() }()
	return errors.Is(syscall.Flock(int(lock.Fd()), syscall.LOCK_SH|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}
