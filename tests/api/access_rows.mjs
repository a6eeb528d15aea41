// What the server's own database says about who read what, taken from the file beside the running server.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = `
import json, sqlite3, sys
database = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True, timeout=10)
rows = database.execute('''SELECT hex(a.citizen_id), a.at_utc, a.actor, a.category, a.purpose,
  e.entry_id IS NOT NULL, q.entry_id IS NOT NULL, l.entry_id IS NOT NULL FROM access_record a
  LEFT JOIN log_entry e ON e.citizen_id = a.citizen_id AND e.entry_id = a.access_id
  LEFT JOIN log_queue q ON q.entry_id = a.access_id LEFT JOIN log_leaf l ON l.entry_id = a.access_id
  ORDER BY a.access_id''').fetchall()
print(json.dumps(rows))`;

const uuid = (hex) => hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** @return [{citizen, at, actor, category, purpose, hasEntry, waits, hasLeaf}], `at` in milliseconds */
export function accessRows(world) {
  const text = execFileSync('python3', ['-c', SCRIPT, join(world.folder, 'main.db')], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(text).map(([citizen, micros, actor, category, purpose, hasEntry, waits, hasLeaf]) => ({
    citizen: uuid(citizen), at: micros / 1000, actor, category, purpose, hasEntry: !!hasEntry, waits: !!waits, hasLeaf: !!hasLeaf,
  }));
}

/** Readings by parts of the platform answer nobody; what they tell the owner is not asked over the interface. */
export const byOthers = (rows) => rows.filter(({ actor }) => !actor.startsWith('platform:'));
