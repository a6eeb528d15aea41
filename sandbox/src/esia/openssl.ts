// The openssl command as an independent judge and signer: no shell, arguments as a list, everything
// in a folder of its own. GOST comes from Debian's libengine-gost-openssl.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const gost = ['-engine', 'gost'] as const;

export type KeyKind = 'gost' | 'rsa';

export class Openssl {
  readonly folder = mkdtempSync(join(tmpdir(), 'sandbox-esia-'));

  /** Removes what was written. */
  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Makes NAME.key and NAME.pem in the folder unless they are there. */
  async makeCertificate(folder: string, name: string, kind: KeyKind): Promise<void> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const key = join(folder, `${name}.key`);
    const pem = join(folder, `${name}.pem`);
    if (existsSync(pem)) return;
    const engine = kind === 'gost' ? gost : [];
    const form = kind === 'gost'
      ? ['-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:A']
      : ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
    await run('openssl', ['genpkey', ...engine, ...form, '-out', key]);
    await run('openssl', ['req', ...engine, '-x509', '-new', '-days', '3650', '-subj', `/CN=${name}`, '-key', key, '-out', pem]);
  }

  /** True if the DER CMS SignedData is over the text and by exactly this certificate's key. */
  verifyCms(cms: Buffer, text: string, certificate: string): Promise<boolean> {
    return this.judge({ cms, text, certificate }, (path) => [
      'cms', '-verify', ...gost, '-inform', 'DER', '-binary', '-content', path('text'), '-in', path('cms'),
      '-nointern', '-certfile', path('certificate'), '-noverify', '-out', '/dev/null',
    ]);
  }

  /** True if the CMS is over the text by the key of whatever certificate it carries. */
  verifyCmsOfAnybody(cms: Buffer, text: string): Promise<boolean> {
    return this.judge({ cms, text }, (path) => [
      'cms', '-verify', ...gost, '-inform', 'DER', '-binary', '-content', path('text'), '-in', path('cms'),
      '-noverify', '-out', '/dev/null',
    ]);
  }

  /** True if the 64 bytes are the GOST signature over the text by this certificate's key. */
  async verifyRaw(signature: Buffer, text: string, certificate: string): Promise<boolean> {
    const key = await this.publicKeyOf(certificate);
    return this.judge({ signature, text, key }, (path) => [
      'dgst', ...gost, '-md_gost12_256', '-verify', path('key'), '-signature', path('signature'), path('text'),
    ]);
  }

  /** The signature of a text: bare GOST or RSASSA-PKCS1-v1_5 with SHA-256. */
  sign(text: string, keyFile: string, kind: KeyKind): Promise<Buffer> {
    const digest = kind === 'gost' ? [...gost, '-md_gost12_256'] : ['-sha256'];
    return this.withFiles({ text }, async (path) => {
      await run('openssl', ['dgst', ...digest, '-sign', keyFile, '-out', path('out'), path('text')]);
      return readFile(path('out'));
    });
  }

  /** Streebog-256 of the certificate's DER, as upper-case hexadecimal. */
  certificateHash(certificate: string): Promise<string> {
    const der = Buffer.from(certificate.replace(/-----[^-]*-----|\s/g, ''), 'base64');
    return this.streebog(der).then((digest) => digest.toString('hex').toUpperCase());
  }

  streebog(bytes: Buffer | string): Promise<Buffer> {
    return this.withFiles({ bytes }, async (path) => {
      await run('openssl', ['dgst', ...gost, '-md_gost12_256', '-binary', '-out', path('out'), path('bytes')]);
      return readFile(path('out'));
    });
  }

  private publicKeyOf(certificate: string): Promise<Buffer> {
    return this.withFiles({ certificate }, async (path) => {
      // x509 knows no -engine; the engine is loaded by the configuration below instead.
      const env = { ...process.env, OPENSSL_CONF: await this.engineConfiguration() };
      const { stdout } = await run('openssl', ['x509', '-in', path('certificate'), '-noout', '-pubkey'], { env });
      return Buffer.from(stdout);
    });
  }

  private async engineConfiguration(): Promise<string> {
    const file = join(this.folder, 'engine.cnf');
    if (!existsSync(file)) {
      await writeFile(file, 'openssl_conf = all\n[all]\nengines = engines\n[engines]\ngost = gost\n'
        + '[gost]\nengine_id = gost\ndefault_algorithms = ALL\n');
    }
    return file;
  }

  private judge(files: Record<string, Buffer | string>, args: (path: Path) => string[]): Promise<boolean> {
    return this.withFiles(files, (path) => run('openssl', args(path)).then(() => true, () => false));
  }

  private async withFiles<T>(files: Record<string, Buffer | string>, work: (path: Path) => Promise<T>): Promise<T> {
    const id = randomUUID();
    const path: Path = (name) => join(this.folder, `${id}.${name}`);
    try {
      await Promise.all(Object.entries(files).map(([name, content]) => writeFile(path(name), content)));
      return await work(path);
    } finally {
      await Promise.all([...Object.keys(files), 'out'].map((name) => rm(path(name), { force: true })));
    }
  }
}

type Path = (name: string) => string;
