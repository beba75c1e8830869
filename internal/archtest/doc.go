// Package archtest keeps the house in shape: which room may import which, and a few rules a compiler does
// not know. It holds tests only. They read the source files instead of asking the go command, so that no
// cached answer hides a change.
package archtest
