package fswatch

import "syscall"

// remotes are file systems whose files also change where this system does not see it, by their numbers.
var remotes = map[int64]bool{
	0x6969:     true, // NFS
	0x517b:     true, // SMB
	0xfe534d42: true, // SMB2
	0xff534d42: true, // CIFS
	0x65735546: true, // FUSE: sshfs, rclone and many more
	0x01021997: true, // 9p
	0x5346414f: true, // AFS
	0x00c36400: true, // Ceph
	0x786f4256: true, // shared folders of VirtualBox
	0x7461636f: true, // OCFS2
	0x01161970: true, // GFS2
}

// remote tells whether changes of the folder may come from elsewhere.
func remote(folder string) bool {
	var at syscall.Statfs_t
	if err := syscall.Statfs(folder, &at); err != nil {
		return false
	}
	return remotes[int64(uint32(at.Type))]
}
