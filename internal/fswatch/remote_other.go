//go:build !linux

package fswatch

// remote cannot be told here.
func remote(string) bool { return false }
