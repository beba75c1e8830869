package programs

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of CPU time in /proc; Linux shows a hundredth of a second everywhere.
const tick = time.Second / 100

// CPU is what a process has used so far, its ended children with it.
func CPU(pid int) (time.Duration, error) {
	fields, err := stat(pid)
	if err != nil {
		return 0, err
	}
	var sum time.Duration
	for _, field := range fields[11:15] { // utime, stime, cutime, cstime
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("read CPU time: %w", err)
		}
		sum += time.Duration(n) * tick
	}
	return sum, nil
}

// CPUOfAll is what a process and its children have used so far.
func CPUOfAll(pid int) (time.Duration, error) {
	sum, err := CPU(pid)
	if err != nil {
		return 0, err
	}
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, folder := range all {
		child, err := strconv.Atoi(filepath.Base(folder))
		if err != nil {
			continue
		}
		fields, err := stat(child)
		if err != nil || fields[1] != strconv.Itoa(pid) {
			continue // gone meanwhile, or somebody else's
		}
		if used, err := CPU(child); err == nil {
			sum += used
		}
	}
	return sum, nil
}

// stat are the fields of /proc/PID/stat from the state on: the name before them may hold anything.
func stat(pid int) ([]string, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil, fmt.Errorf("ask for a process: %w", err)
	}
	end := bytes.LastIndexByte(text, ')')
	fields := strings.Fields(string(text[end+1:]))
	if end < 0 || len(fields) < 20 {
		return nil, fmt.Errorf("process %d: stat of another shape", pid)
	}
	return fields, nil
}

// Memory is how many bytes of memory a process has now, and had at most.
func Memory(pid int) (now, most int64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0, fmt.Errorf("ask for a process: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		var to *int64
		switch name, _, _ := strings.Cut(line, ":"); name {
		case "VmRSS":
			to = &now
		case "VmHWM":
			to = &most
		default:
			continue
		}
		if _, err := fmt.Sscanf(line[strings.IndexByte(line, ':')+1:], "%d kB", to); err != nil {
			return 0, 0, fmt.Errorf("read memory: %w", err)
		}
		*to *= 1024
	}
	return now, most, nil
}

// Machine is what the figures were measured on.
type Machine struct {
	Model string
	Cores int
}

// ThisMachine reads the processor's name.
func ThisMachine() Machine {
	m := Machine{Model: "unknown processor"}
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		switch strings.TrimSpace(name) {
		case "model name":
			m.Model = strings.TrimSpace(value)
		case "processor":
			m.Cores++
		}
	}
	return m
}

// Load is the machine's load over the last minute.
func Load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}
