// Keeps the phone page live: new calls and messages arrive as server-sent events.

interface ItemEvent {
  readonly id: string;
  readonly html: string;
}

/** A call counts as ringing for this long after it came in. */
const ringingMs = 20_000;

function localTime(root: ParentNode): void {
  for (const time of root.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    time.textContent = at.toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  }
}

function markRinging(item: Element): void {
  const at = Date.parse(item.querySelector('time')?.dateTime ?? '');
  const left = at + ringingMs - Date.now();
  if (!item.classList.contains('call') || !(left > 0)) return;
  item.classList.add('ringing');
  setTimeout(() => item.classList.remove('ringing'), left);
}

function insert(list: Element, event: ItemEvent): void {
  if (document.getElementById(`item-${event.id}`)) return;
  // The markup is the server's own, with every foreign value escaped there.
  const template = document.createElement('template');
  template.innerHTML = event.html;
  localTime(template.content);
  list.prepend(template.content);
  const item = list.firstElementChild;
  if (item) markRinging(item);
  document.getElementById('empty')?.setAttribute('hidden', '');
}

function watch(inbox: HTMLElement): void {
  const list = document.getElementById('items');
  const live = inbox.querySelector<HTMLElement>('.live');
  if (!list || !live) return;
  localTime(list);
  for (const item of list.children) markRinging(item);
  const query = new URLSearchParams({ number: inbox.dataset['number'] ?? '', lang: inbox.dataset['language'] ?? 'ru' });
  const events = new EventSource(`/phone/events?${query.toString()}`);
  const say = (connected: boolean): void => {
    live.textContent = (connected ? live.dataset['live'] : live.dataset['lost']) ?? '';
    live.classList.toggle('lost', !connected);
  };
  events.onopen = () => say(true);
  events.onerror = () => say(false);
  events.addEventListener('item', (message: MessageEvent<string>) => {
    insert(list, JSON.parse(message.data) as ItemEvent);
  });
}

const inbox = document.getElementById('inbox');
if (inbox) watch(inbox);
