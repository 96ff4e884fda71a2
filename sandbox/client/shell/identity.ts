import type { Person, Role } from '../../protocol.ts';

const order: Role[] = ['administrator', 'member', 'guest', 'outsider', 'bot'];

/** Who the page opens as when the address names nobody: an administrator, since the first steps are theirs. */
export function startPerson(people: Person[]): string {
  return sortPeople(people).find((person) => !person.deactivated)?.id ?? '';
}

/** Everybody one can be, administrators first, then colleagues, customers and bots of other apps. */
export function sortPeople(people: Person[]): Person[] {
  return people.toSorted(
    (a, b) => order.indexOf(a.role) - order.indexOf(b.role) || a.realName.localeCompare(b.realName),
  );
}

/** The address of this page as somebody else. */
export function addressAs(id: string): string {
  return `/?as=${encodeURIComponent(id)}`;
}
