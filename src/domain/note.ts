/** The note of a conversation: one text that several people write. */
import { createHash } from 'node:crypto';

/**
 * Tells one note from another without being one: short enough to travel beside a form, which holds less than a note may be long. Spaces
 * around it do not count; '' of no note.
 */
export function noteMark(note: string): string {
  const text = note.trim();
  return text === '' ? '' : createHash('sha256').update(text).digest('base64url');
}
