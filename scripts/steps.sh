# Sourced by the other scripts: runs named steps, whatever the ones before gave, and sums up at the end.

steps_failed=()

# step NAME COMMAND...: runs the command and prints how long it took; a quiet step shows its output only
# when it fails (set quiet=yes).
step() {
	local name=$1 began=$SECONDS log status=0
	shift
	if [[ ${quiet:-no} == yes ]]; then
		log=$(mktemp)
		"$@" >"$log" 2>&1 </dev/null || status=$?
		[[ $status == 0 ]] || cat "$log"
		rm -f "$log"
	else
		printf -- '---- %s\n' "$name"
		"$@" </dev/null || status=$?
	fi
	if [[ $status == 0 ]]; then
		printf 'ok    %4ds  %s\n' $((SECONDS - began)) "$name"
	else
		printf 'FAIL  %4ds  %s\n' $((SECONDS - began)) "$name"
		steps_failed+=("$name")
	fi
}

# steps_end: names the steps that failed; its status is that of the whole run.
steps_end() {
	if ((${#steps_failed[@]} > 0)); then
		printf 'FAILED: %s\n' "${steps_failed[@]}"
		return 1
	fi
}
