// Package web holds the built client.
package web

import "embed"

// Dist is the folder that the client's build writes, under "dist". Without a build it holds a placeholder.
//
//go:embed all:dist
var Dist embed.FS
