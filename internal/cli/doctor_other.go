//go:build !unix

package cli

import "io/fs"

func ownerOf(fs.FileInfo) (name string, mine bool) { return "", true }

func freeSpace(string) (bytes int64, known bool) { return 0, false }

func folderInUse(string) bool { return false }
