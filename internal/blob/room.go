//go:build linux || darwin

package blob

import "syscall"

// Room tells how many bytes the disk of the store has free for this program, and in all.
func (d *Disk) Room() (free, total int64) {
	f, err := d.root.Open(".")
	if err != nil {
		return -1, -1
	}
	defer func() { _ = f.Close() }()
	var disk syscall.Statfs_t
	if err := syscall.Fstatfs(int(f.Fd()), &disk); err != nil {
		return -1, -1
	}
	size := int64(disk.Bsize)
	return int64(disk.Bavail) * size, int64(disk.Blocks) * size
}
