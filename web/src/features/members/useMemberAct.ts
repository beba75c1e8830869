import { useMutation, useQueryClient } from "@tanstack/react-query";

import { MEMBERS_KEY } from "@/api/members";

/** Something an admin does to a member; afterwards the list is asked for anew. */
export function useMemberAct<Value, Answer>(
  act: (value: Value) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) {
  const queries = useQueryClient();
  return useMutation<Answer, Error, Value>({
    mutationFn: act,
    onSuccess: async (answer) => {
      onDone?.(answer);
      await queries.invalidateQueries({ queryKey: MEMBERS_KEY });
    },
  });
}
