// Command hathor is the whole music platform.
package main

import (
	"os"

	"hathor/internal/cli"
)

func main() {
	os.Exit(cli.Run(os.Args[1:], os.Stdout, os.Stderr))
}
