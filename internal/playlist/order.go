package playlist

// Gap is the room left between two neighbours, so that twenty songs fit one after the other into the same
// joint before a playlist is renumbered.
const Gap = 1 << 20

// Spread finds positions for count entries between two neighbours, nil where there is none: the i-th goes to
// first + i*step. It is false when the neighbours are too close; renumbering by Gap makes room for MaxPerEdit.
func Spread(before, after *int64, count int) (first, step int64, ok bool) {
	switch {
	case before == nil && after == nil:
		return Gap, Gap, true
	case after == nil:
		return *before + Gap, Gap, true
	case before == nil:
		return *after - Gap*int64(count), Gap, true
	}
	step = (*after - *before) / int64(count+1)
	return *before + step, step, step > 0
}
