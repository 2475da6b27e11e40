/** The client's history: changes, meetings, and the outcome. */
import { withMeeting } from "../../client/record.js";
import { announceIn } from "../../ui/announce.js";
import { findField, onAction } from "../../ui/parts.js";

/** @param {import("./context.js").Context} panels @returns {() => Promise<void>} updates the panel */
export function createHistory(panels) {
  const { root, open, messages } = panels;
  const meeting = findField(root, "meeting");
  onAction(root, "add-meeting", async () => {
    const { value } = meeting;
    await open.edit((record, at) => withMeeting(record, value, at));
    meeting.value = "";
    announceIn(root, messages.meeting_added);
    panels.update("history");
  });
  return async () => {
    const response = await panels.ask({ do: "history", record: open.record });
    panels.show(response.document, "history", "h4");
  };
}
