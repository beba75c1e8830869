// Package shipping holds tests of what ships Hathor: the image, the compose files, the workflows. They need
// parsers that the program does not, so they live among the developers' tools.
package shipping
