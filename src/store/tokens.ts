/** Tokens of bots. The secret itself is never stored: only its hash, and its end to tell it from others. */
import { createHash } from 'node:crypto';
import { nameKey } from '../domain/name.ts';
import { hintOf } from '../domain/token.ts';
import { columnsOf } from './columns.ts';
import type { Handle } from './db.ts';

export type Token = {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  /** The last characters of the secret. */
  readonly hint: string;
  /** The Slack bot user it speaks through, '' for none. */
  readonly speaksAs: string;
  readonly webhookUrl: string;
  readonly madeBy: string;
  readonly madeAt: string;
  /** To the minute; undefined: never. */
  readonly usedAt: string | undefined;
  readonly revokedAt: string | undefined;
  readonly version: number;
};

type Row = {
  id: string;
  workspace_id: string;
  name: string;
  hint: string;
  speaks_as: string;
  webhook_url: string;
  made_by: string;
  made_at: string;
  used_at: string | null;
  revoked_at: string | null;
  version: number;
};

const COLUMNS = columnsOf<Row>('tokens', {
  id: true,
  workspace_id: true,
  name: true,
  hint: true,
  speaks_as: true,
  webhook_url: true,
  made_by: true,
  made_at: true,
  used_at: true,
  revoked_at: true,
  version: true,
});

const fromRow = (row: Row): Token => ({
  id: row.id,
  workspaceId: row.workspace_id,
  name: row.name,
  hint: row.hint,
  speaksAs: row.speaks_as,
  webhookUrl: row.webhook_url,
  madeBy: row.made_by,
  madeAt: row.made_at,
  usedAt: row.used_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
  version: row.version,
});

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export type NewToken = {
  id: string;
  workspaceId: string;
  name: string;
  secret: string;
  speaksAs: string;
  madeBy: string;
  now: Date;
};

/** Keeps a token, or says that another one that was not revoked has its name. */
export async function insertToken(db: Handle, token: NewToken): Promise<boolean> {
  const rows = await db('tokens')
    .insert({
      id: token.id,
      workspace_id: token.workspaceId,
      name: token.name,
      name_key: nameKey(token.name),
      hash: hashOf(token.secret),
      hint: hintOf(token.secret),
      speaks_as: token.speaksAs,
      made_by: token.madeBy,
      made_at: token.now.toISOString(),
    })
    .onConflict()
    .ignore()
    .returning('id');
  return rows.length === 1;
}

/** The token of a secret, revoked or not. It is looked up by its hash, so how long that takes says nothing about any secret. */
export async function findTokenBySecret(db: Handle, secret: string): Promise<Token | undefined> {
  const row = await db('tokens')
    .where({ hash: hashOf(secret) })
    .first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** One that was not revoked. */
export async function findToken(db: Handle, workspaceId: string, id: string): Promise<Token | undefined> {
  const row = await db('tokens')
    .where({ workspace_id: workspaceId, id })
    .whereNull('revoked_at')
    .first<Row | undefined>(COLUMNS);
  return row && fromRow(row);
}

/** Those that were not revoked, the oldest first. */
export async function listTokens(db: Handle, workspaceId: string): Promise<Token[]> {
  const rows = await db('tokens')
    .where({ workspace_id: workspaceId })
    .whereNull('revoked_at')
    .orderBy(['made_at', 'id'])
    .select<Row[]>(COLUMNS);
  return rows.map(fromRow);
}

/** Whether it was still in use: of two who revoke it at once one does. */
export async function revokeToken(db: Handle, workspaceId: string, id: string, now: Date): Promise<boolean> {
  const changed = await db('tokens')
    .where({ workspace_id: workspaceId, id })
    .whereNull('revoked_at')
    .update({ revoked_at: now.toISOString(), version: db.raw('version + 1') });
  return changed === 1;
}

export async function nameIsTaken(
  db: Handle,
  workspaceId: string,
  name: string,
  { except }: { except: string },
): Promise<boolean> {
  const row = await db('tokens')
    .where({ workspace_id: workspaceId, name_key: nameKey(name) })
    .whereNull('revoked_at')
    .whereNot({ id: except })
    .first<{ id: string } | undefined>('id');
  return row !== undefined;
}

/** Gives it another name or bot user; whether it is still in use. */
export async function updateToken(
  db: Handle,
  workspaceId: string,
  id: string,
  { name, speaksAs }: { name?: string | undefined; speaksAs?: string | undefined },
): Promise<boolean> {
  const changed = await db('tokens')
    .where({ workspace_id: workspaceId, id })
    .whereNull('revoked_at')
    .update({
      ...(name !== undefined && { name, name_key: nameKey(name) }),
      ...(speaksAs !== undefined && { speaks_as: speaksAs }),
      version: db.raw('version + 1'),
    });
  return changed === 1;
}

/** Notes that it was used, unless that was noted after `before`. */
export async function markTokenUsed(db: Handle, id: string, { now, before }: { now: Date; before: Date }) {
  await db('tokens')
    .where({ id })
    .where((query) => {
      void query.whereNull('used_at').orWhere('used_at', '<=', before.toISOString());
    })
    .update({ used_at: now.toISOString() });
}
