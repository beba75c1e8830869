package playback

import (
	"fmt"
	"math"

	"hathor/internal/fault"
	"hathor/internal/library"
)

// check names every wrong field that can be told without the songs, in the words of the contract.
func (c Change) check() error {
	var checks fault.Checks
	inRange(&checks, c.Volume, 0, 1, "volume")
	inRange(&checks, c.Speed, MinSpeed, MaxSpeed, "playbackSpeed")
	inRange(&checks, c.Pitch, -MaxPitch, MaxPitch, "pitchShift")
	checks.Require(c.Position == nil || (*c.Position >= 0 && *c.Position <= MaxPosition), "position", "Position must be milliseconds within a week")
	checks.Require(c.Queue == nil || len(*c.Queue) <= MaxQueue, "queue", "A queue holds at most 10,000 songs")
	checks.Require(c.Active == nil || *c.Active == "" || *c.Active == c.Device, "activeDeviceId", "Must be the device that writes, or null")
	checks.Require(c.QueueIndex == nil || c.CurrentEntry == nil, "currentEntryId", "Give this or queueIndex")
	if c.Repeat != nil {
		known := *c.Repeat == RepeatOff || *c.Repeat == RepeatAll || *c.Repeat == RepeatOne
		checks.Require(known, "repeat", "Repeat must be off, all or one")
	}
	return checks.Err()
}

func inRange(checks *fault.Checks, value *float64, least, most float64, field string) {
	ok := value == nil || (!math.IsNaN(*value) && *value >= least && *value <= most)
	checks.Require(ok, field, fmt.Sprintf("Must be between %g and %g", least, most))
}

// checkSongs names every song of the change that the listener may not hear, and a place outside the queue.
func (c Change) checkSongs(after State, heard map[library.SongID]bool) error {
	var checks fault.Checks
	if c.CurrentSong != nil && *c.CurrentSong != 0 {
		checks.Require(heard[*c.CurrentSong], "currentSongId", "Song not found")
	}
	if c.Queue != nil {
		for i, item := range *c.Queue {
			checks.Require(heard[item.Song], fmt.Sprintf("queue[%d].songId", i), "Song not found")
		}
	}
	if c.QueueIndex != nil && *c.QueueIndex != nil {
		at := **c.QueueIndex
		checks.Require(at >= 0 && at < len(after.Queue), "queueIndex", "Must be a place in the queue")
	}
	return checks.Err()
}
