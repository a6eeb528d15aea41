// Portraits as pictures for the sandbox's own pages: GET /people/{index}/portrait.png.
import { Refusal } from '../http/refusal.js';
import type { Router } from '../http/router.js';
import type { Population } from '../population/population.js';
import { portraitOf } from '../portrait/portrait.js';

export function addPortraitRoutes(router: Router, population: Population): void {
  router.add('GET', '/people/:index/portrait.png', ({ params }) => {
    const person = population.at(Number(params['index']));
    if (!person) throw new Refusal(404, 'nobody', 'Nobody has this index.');
    return {
      status: 200,
      headers: { 'Content-Type': 'image/png', 'Cache-Control': 'max-age=3600' },
      body: portraitOf(person, population.todayDate()),
    };
  });
}
