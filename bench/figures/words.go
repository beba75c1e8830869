package figures

import (
	"fmt"
	"strings"
)

// thousands writes a number with commas.
func thousands(n float64) string {
	digits := fmt.Sprintf("%.0f", n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// fine writes milliseconds with as many digits as they deserve.
func fine(ms float64) string {
	switch {
	case ms < .1:
		return fmt.Sprintf("%.3f ms", ms)
	case ms < 10:
		return fmt.Sprintf("%.2f ms", ms)
	}
	return fmt.Sprintf("%.0f ms", ms)
}

// show writes a figure, empty where there is none.
func (r Row) show(f Figure) string {
	if f.PerSecond == 0 && f.Value == 0 && f.CPU == 0 {
		return ""
	}
	cpu := fine(f.CPU)
	if f.DatabaseCPU > 0 {
		cpu += " (" + fine(f.DatabaseCPU) + ")"
	}
	switch r.Kind {
	case Requests:
		return fmt.Sprintf("%s/s, p50 %s, p99 %s, CPU %s", thousands(f.PerSecond), fine(f.P50), fine(f.P99), cpu)
	case Intake:
		rate := thousands(f.PerSecond)
		if f.PerSecond < 10 {
			rate = fmt.Sprintf("%.2f", f.PerSecond)
		}
		return fmt.Sprintf("%s songs/s, CPU %s each", rate, cpu)
	}
	return r.value(f.Value)
}

func (r Row) value(v float64) string {
	switch r.Kind {
	case Megabytes:
		return fmt.Sprintf("%.0f MB", v)
	case Kilobytes:
		return fmt.Sprintf("%.2f KB", v)
	}
	return fmt.Sprintf("%.2f s", v)
}

// aim is what the row should reach, in words.
func (r Row) aim() string {
	var all []string
	a := r.Aim
	if a.PerSecond > 0 {
		all = append(all, ">= "+thousands(a.PerSecond)+"/s")
	}
	if a.P99 > 0 {
		all = append(all, fmt.Sprintf("p99 <= %g ms", a.P99))
	}
	if a.CPU > 0 {
		all = append(all, fmt.Sprintf("CPU <= %g ms", a.CPU))
	}
	if a.TimesNginx > 0 {
		all = append(all, fmt.Sprintf("CPU <= %g x nginx's", a.TimesNginx))
	}
	if a.Value > 0 {
		all = append(all, "<= "+r.value(a.Value))
	}
	return strings.Join(all, ", ")
}

// met says which aims the figure misses, or yes; empty where nothing is aimed at.
func (r Row) met(f, nginx Figure) string {
	if r.aim() == "" {
		return ""
	}
	var missed []string
	a := r.Aim
	miss := func(is bool, what string, ratio float64) {
		if is {
			missed = append(missed, fmt.Sprintf("%s x%.2f", what, ratio))
		}
	}
	miss(a.PerSecond > 0 && f.PerSecond < a.PerSecond, "rate", f.PerSecond/max(a.PerSecond, 1))
	miss(a.P99 > 0 && f.P99 > a.P99, "p99", f.P99/max(a.P99, 1e-9))
	miss(a.CPU > 0 && f.CPU > a.CPU, "CPU", f.CPU/max(a.CPU, 1e-9))
	miss(a.Value > 0 && f.Value > a.Value, "", f.Value/max(a.Value, 1e-9))
	if a.TimesNginx > 0 && nginx.CPU == 0 {
		return "nothing to compare"
	}
	miss(a.TimesNginx > 0 && f.CPU > a.TimesNginx*nginx.CPU, "CPU by nginx's", f.CPU/max(nginx.CPU, 1e-9))
	if len(missed) > 0 {
		return "**no**: " + strings.TrimSpace(strings.Join(missed, ", "))
	}
	return "yes"
}
