package media

import "hathor/internal/fault"

// notAudio refuses a file that is something else, or a codec this package does not know.
func notAudio(message string) error { return fault.New(fault.Unsupported, "not_audio", message) }

// broken refuses a file that is audio of a known kind but cannot be read.
func broken(message string) error { return fault.New(fault.Unsupported, "broken_audio", message) }

func brokenf(format string, args ...any) error {
	return fault.Newf(fault.Unsupported, "broken_audio", format, args...)
}

// cutShort refuses a file of the format whose own figures promise more than there is.
func cutShort(format string) error { return brokenf("The %s is cut short", format) }

// checkWhole refuses a file whose contents should end much later than the file does. A few bytes are
// forgiven: encoders that miscount their own headers are common.
func checkWhole(format string, start, declaredEnd, size int64) error {
	missing := declaredEnd - size
	if missing > 64 && missing > (declaredEnd-start)/1000 {
		return cutShort(format)
	}
	return nil
}

// badPicture refuses a picture.
func badPicture(message string) error { return fault.New(fault.Unsupported, "bad_picture", message) }
