//go:build !linux && !darwin

package blob

// Room is not known on this system.
func (d *Disk) Room() (free, total int64) { return -1, -1 }
