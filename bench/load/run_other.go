//go:build !linux

package load

import (
	"context"
	"errors"
)

// Run measures on Linux only.
func Run(context.Context, Plan) (Result, error) {
	return Result{}, errors.New("load is made by epoll, which only Linux has")
}
