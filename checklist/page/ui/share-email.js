/**
 * Share an e-mail with another app; a browser that cannot do so starts an e-mail.
 *
 * @param {string} text the first line may be the subject, as in "Subject: Our terms"
 */
export async function shareEmail(text) {
  const [, title = "", body = text] = /^[^\n:]+: ([^\n]+)\n\n([^]*)$/.exec(text) ?? [];
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
