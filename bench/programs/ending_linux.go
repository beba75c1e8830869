package programs

import (
	"os/exec"
	"syscall"
)

// endWithUs lets the kernel end the program when this process dies, however that happens, and keeps the terminal's
// Ctrl-C from it: this process stops it in good order.
func endWithUs(command *exec.Cmd) {
	if command.SysProcAttr == nil {
		command.SysProcAttr = &syscall.SysProcAttr{}
	}
	command.SysProcAttr.Pdeathsig = syscall.SIGTERM
	command.SysProcAttr.Setpgid = true
}
