/** Rules over all blocks of a message or view together. */
import { elementsOf } from './fields.ts';
import { inside, isObject, type Json, type Place, problem, type Problem } from './schema.ts';

/**
 * Ids used twice, more than one element that takes the focus, a modal's inputs without a submit button.
 * `hasSubmit` matters to modals only.
 */
export function acrossBlocks(blocks: unknown, place: Place, hasSubmit = true): Problem[] {
  if (!Array.isArray(blocks)) return [];
  const found = blocks.map((block: unknown, index) => ({ block, place: inside(place, index) }));
  const known = found.filter((entry): entry is Located => isObject(entry.block));
  return [
    ...repeated(known, 'block_id'),
    ...known.flatMap((entry) => repeated(elementsAt(entry), 'action_id')),
    ...severalFocused(known.flatMap(elementsAt)),
    ...(place.surface === 'modal' && !hasSubmit ? inputsWithoutSubmit(known) : []),
  ];
}

type Located = { block: Json; place: Place };

function elementsAt({ block, place }: Located): Located[] {
  return elementsOf(block).map(({ element, path }) => ({
    block: element,
    place: { ...place, pointer: `${place.pointer}/${path}` },
  }));
}

/** block_id is unique in a message or view, action_id in its block [words seen live for action_id]. */
function repeated(entries: readonly Located[], key: 'block_id' | 'action_id'): Problem[] {
  const seen = new Set<unknown>();
  return entries.flatMap(({ block, place }) => {
    const id = block[key];
    if (typeof id !== 'string' || id === '') return [];
    if (seen.has(id)) return problem(`\`${key}\` "${id}" already exists`, place, key);
    seen.add(id);
    return [];
  });
}

/** The rule is documented, Slack's words for it are not. */
function severalFocused(elements: readonly Located[]): Problem[] {
  return elements
    .filter(({ block }) => block['focus_on_load'] === true)
    .slice(1)
    .flatMap(({ place }) => problem('only one element can have `focus_on_load` set to true', place, 'focus_on_load'));
}

/** Words and pointer as seen live: `/view/blocks/2/input`, though no such property exists. */
function inputsWithoutSubmit(entries: readonly Located[]): Problem[] {
  return entries
    .filter(({ block }) => block['type'] === 'input')
    .flatMap(({ place }) => problem('must define `submit` to use an `input` block in modals', place, 'input'));
}
