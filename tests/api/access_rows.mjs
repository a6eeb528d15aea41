// What the server's own database says about who read what, taken from it beside the running server.
const SELECT = `
SELECT a.citizen_id AS citizen, a.at_utc AS micros, a.actor, a.category, a.purpose, e.entry_id IS NOT NULL AS has_entry,
  q.entry_id IS NOT NULL AS waits, l.entry_id IS NOT NULL AS has_leaf FROM access_record a
  LEFT JOIN log_entry e ON e.citizen_id = a.citizen_id AND e.entry_id = a.access_id
  LEFT JOIN log_queue q ON q.entry_id = a.access_id LEFT JOIN log_leaf l ON l.entry_id = a.access_id
  ORDER BY a.access_id`;

const uuid = (hex) => hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** @return [{citizen, at, actor, category, purpose, hasEntry, waits, hasLeaf}], `at` in milliseconds */
export function accessRows(world) {
  return world.databases.select(SELECT).map(({ citizen, micros, actor, category, purpose, has_entry, waits, has_leaf }) => ({
    citizen: uuid(citizen), at: micros / 1000, actor, category, purpose, hasEntry: !!has_entry, waits: !!waits, hasLeaf: !!has_leaf,
  }));
}

/** Readings by parts of the platform answer nobody; what they tell the owner is not asked over the interface. */
export const byOthers = (rows) => rows.filter(({ actor }) => !actor.startsWith('platform:'));
