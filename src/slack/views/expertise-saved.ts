/** That an expertise is saved, and who has it now: said on top of the list. */
import { counted } from '../../domain/wording.ts';
import type { ExpertiseForm } from '../../services/expertise/form.ts';
import { safeName } from './blocks.ts';

export function savedText({ expertise, operatorCount }: ExpertiseForm): string {
  const name = `*${safeName(expertise?.name ?? '')}*`;
  if (operatorCount === 0) {
    return `:white_check_mark: ${name} is saved. Nobody has it yet: give it to people with \`/expertise assign\`.`;
  }
  return `:white_check_mark: ${name} is saved. ${counted(operatorCount, 'person has', 'people have')} it; whoever it is new to gets a message.`;
}
