/**
 * Share an e-mail with another app; a browser that cannot do so starts an e-mail.
 *
 * @param {string} text its first line may be the subject, with a blank line below it
 * @param {string} label with which a subject begins, such as "Subject: "
 */
export async function shareEmail(text, label) {
  const wellFormed = text.replace(/\p{Surrogate}/gu, "\ufffd"); // addresses have no lone surrogates
  const end = wellFormed.indexOf("\n\n");
  const [first, rest] = [wellFormed.slice(0, Math.max(end, 0)), wellFormed.slice(end + 2)];
  const hasSubject = label !== "" && first.startsWith(label) && !first.includes("\n");
  const title = hasSubject ? first.slice(label.length) : "";
  const body = hasSubject ? rest : wellFormed;
  if (!navigator.share) {
    const subject = encodeURIComponent(title);
    location.href = `mailto:?subject=${subject}&body=${encodeURIComponent(body)}`;
    return;
  }
  try {
    await navigator.share({ title, text: body });
  } catch {
    // The visitor has closed the list of apps.
  }
}
