package httpapi

import (
	"math"
	"time"

	"hathor/internal/library"
	"hathor/internal/playback"
)

type stemsView struct {
	Vocals bool `json:"vocals"`
	Drums  bool `json:"drums"`
	Bass   bool `json:"bass"`
	Other  bool `json:"other"`
}

type queueItemView struct {
	SongID  int64  `json:"songId" minimum:"1"`
	EntryID *int64 `json:"entryId,omitempty" nullable:"true" minimum:"1" doc:"The client's, to tell two places of one song apart"`
}

type playbackStateView struct {
	Revision      int64           `json:"revision" minimum:"0" doc:"Grows with each write, 0 before the first"`
	CurrentSongID *int64          `json:"currentSongId"`
	Position      int64           `json:"position" doc:"Milliseconds"`
	IsPlaying     bool            `json:"isPlaying"`
	Volume        float64         `json:"volume" minimum:"0" maximum:"1"`
	PlaybackSpeed float64         `json:"playbackSpeed" minimum:"0.5" maximum:"2"`
	PitchShift    float64         `json:"pitchShift" minimum:"-12" maximum:"12" doc:"Semitones"`
	StemsConfig   stemsView       `json:"stemsConfig"`
	Queue         []queueItemView `json:"queue" nullable:"false"`
	QueueIndex    *int            `json:"queueIndex" doc:"Where in the queue, null for nowhere"`
	Repeat        string          `json:"repeat" enum:"off,all,one"`
	Shuffle       bool            `json:"shuffle"`
	UpdatedAt     *time.Time      `json:"updatedAt" doc:"null before the first write"`
}

func viewPlayback(s playback.State) playbackStateView {
	return playbackStateView{
		Revision: s.Revision, CurrentSongID: optional(int64(s.CurrentSong)), Position: s.Position.Milliseconds(),
		IsPlaying: s.Playing, Volume: s.Volume, PlaybackSpeed: s.Speed, PitchShift: s.Pitch, StemsConfig: stemsView(s.Stems),
		QueueIndex: s.QueueIndex, Repeat: string(s.Repeat), Shuffle: s.Shuffle, UpdatedAt: known(s.UpdatedAt),
		Queue: each(s.Queue, func(item playback.QueueItem) queueItemView {
			return queueItemView{SongID: int64(item.Song), EntryID: optional(item.Entry)}
		}),
	}
}

// playbackChange is the body of a write: what is left out stays as it is.
type playbackChange struct {
	CurrentSongID settable[int64]  `json:"currentSongId,omitempty" minimum:"1" doc:"null for none"`
	Position      *float64         `json:"position,omitempty" minimum:"0" maximum:"604800000" doc:"Milliseconds"`
	IsPlaying     *bool            `json:"isPlaying,omitempty"`
	Volume        *float64         `json:"volume,omitempty" minimum:"0" maximum:"1"`
	PlaybackSpeed *float64         `json:"playbackSpeed,omitempty" minimum:"0.5" maximum:"2"`
	PitchShift    *float64         `json:"pitchShift,omitempty" minimum:"-12" maximum:"12" doc:"Semitones"`
	StemsConfig   *stemsView       `json:"stemsConfig,omitempty"`
	Queue         *[]queueItemView `json:"queue,omitempty" nullable:"false" maxItems:"10000"`
	QueueIndex    settable[int]    `json:"queueIndex,omitempty" minimum:"0" doc:"null for nowhere"`
	Repeat        *string          `json:"repeat,omitempty" enum:"off,all,one"`
	Shuffle       *bool            `json:"shuffle,omitempty"`
	Revision      *int64           `json:"revision,omitempty" minimum:"0" doc:"The revision one knows; another one is a conflict"`
}

func (b playbackChange) change() playback.Change {
	c := playback.Change{
		Revision: b.Revision, Playing: b.IsPlaying, Volume: b.Volume, Speed: b.PlaybackSpeed, Pitch: b.PitchShift,
		Stems: (*playback.Stems)(b.StemsConfig), Repeat: (*playback.Repeat)(b.Repeat), Shuffle: b.Shuffle,
	}
	if b.CurrentSongID.Sent {
		id := library.SongID(valueOrZero(b.CurrentSongID.Value))
		c.CurrentSong = &id
	}
	if b.Position != nil {
		position := time.Duration(math.Round(*b.Position)) * time.Millisecond
		c.Position = &position
	}
	if b.QueueIndex.Sent {
		c.QueueIndex = &b.QueueIndex.Value
	}
	if b.Queue != nil {
		queue := each(*b.Queue, func(item queueItemView) playback.QueueItem {
			return playback.QueueItem{Song: library.SongID(item.SongID), Entry: valueOrZero(item.EntryID)}
		})
		c.Queue = &queue
	}
	return c
}

func valueOrZero(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}
