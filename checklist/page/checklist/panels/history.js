/** The client's history: what changed, meetings, and what came of it. */
import { withMeeting } from "../../client/record.js";
import { findInput } from "../../ui/dom.js";
import { announce, liveRegionOf } from "../../ui/announce.js";

/** @param {import("./panels.js").Panels} panels @returns {() => Promise<void>} shows it anew */
export function createHistory({ root, says, open, ask, show, renew, onPress }) {
  const meeting = findInput(root, '[data-field="meeting"]');
  onPress("add-meeting", async () => {
    const { value } = meeting;
    await open.edit((there, at) => withMeeting(there, value, at));
    meeting.value = "";
    announce(liveRegionOf(root), says.meeting_added);
    renew("history");
  });
  return async () => {
    const answer = await ask({ do: "history", record: open.record });
    show(answer.document, "history");
  };
}
