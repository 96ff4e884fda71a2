/** Finds the elements people can use in blocks, wherever a block keeps them. */
import { isObject, type Json, objectsIn } from './schema.ts';

/** An element and where in its block it stands: `element`, `accessory` or `elements/2`. */
type Located = { element: Json; path: string };

/** The elements of one block: an input's, a section's accessory, those of an actions block. */
export function elementsOf(block: Json): Located[] {
  const { type, element, accessory, elements } = block;
  if (type === 'input' && isObject(element)) return [{ element, path: 'element' }];
  if (type === 'section' && isObject(accessory)) return [{ element: accessory, path: 'accessory' }];
  if (type !== 'actions' || !Array.isArray(elements)) return [];
  return elements.flatMap((entry: unknown, index) =>
    isObject(entry) ? [{ element: entry, path: `elements/${index}` }] : [],
  );
}

/** A thing that holds a value: its block, its element and both ids. */
export type Field = { blockId: string; actionId: string; block: Json; element: Json };

/** Every element with both ids, in reading order; buttons, menus and pictures included. */
export function fieldsOf(blocks: unknown): Field[] {
  return objectsIn(blocks).flatMap((block) =>
    elementsOf(block).flatMap(({ element }) => {
      const blockId = block['block_id'];
      const actionId = element['action_id'];
      return typeof blockId === 'string' && typeof actionId === 'string' ? [{ blockId, actionId, block, element }] : [];
    }),
  );
}
