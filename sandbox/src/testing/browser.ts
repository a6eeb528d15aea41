// A person with a browser, as far as a sign-in needs one: cookies by path, forms, redirects.

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export interface Visit {
  readonly status: number;
  readonly url: URL;
  readonly text: string;
}

const redirectsMax = 10;

export class Browser {
  private cookies: Cookie[] = [];

  /** @param away addresses that start so are not visited: the redirect to them is the result. */
  constructor(private readonly away: string) {}

  open(address: string | URL): Promise<Visit> {
    return this.follow(new URL(address), { method: 'GET' });
  }

  submit(address: string | URL, fields: Record<string, string>): Promise<Visit> {
    return this.follow(new URL(address), { method: 'POST', body: new URLSearchParams(fields) });
  }

  private async follow(address: URL, first: RequestInit): Promise<Visit> {
    let url = address;
    let init = first;
    for (let step = 0; step < redirectsMax; step += 1) {
      const response = await fetch(url, { ...init, redirect: 'manual', headers: { Cookie: this.cookiesFor(url), Accept: 'text/html' } });
      this.keep(response);
      const location = response.headers.get('location');
      const text = await response.text();
      if (response.status < 300 || response.status >= 400 || !location) return { status: response.status, url, text };
      url = new URL(location, url);
      init = { method: 'GET' };
      if (url.href.startsWith(this.away)) return { status: response.status, url, text: '' };
    }
    throw new Error('too many redirects');
  }

  private cookiesFor(url: URL): string {
    return this.cookies
      .filter((cookie) => url.pathname.startsWith(cookie.path))
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; ');
  }

  private keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((part) => part.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
      this.cookies = this.cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
      const expired = attributes.some((part) => /^expires=Thu, 01 Jan 1970/i.test(part));
      if (!expired) this.cookies.push({ name, value, path });
    }
  }
}
