package cli

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// giveWay puts the calling goroutine's thread, which it keeps, behind all others of the machine. The processes that
// it starts begin there too.
func giveWay() {
	runtime.LockOSThread()
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, syscall.Gettid(), 19) // where it may not, it works as before
}

// loaded tells whether twice as much wants the processors as there are.
func loaded() bool {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(string(text), " ")
	load, err := strconv.ParseFloat(first, 64)
	return err == nil && load > float64(2*runtime.NumCPU())
}
