// Entry point: reads the options, starts the sandbox, says so in one JSON line, ends on SIGTERM.
import { parseOptions, usage, UsageError } from './options.js';
import { startSandbox } from './sandbox.js';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (!options) {
    console.log(usage);
    return;
  }
  const sandbox = await startSandbox(options);
  console.log(JSON.stringify({
    event: 'ready', port: sandbox.port, smpp_port: sandbox.smppPort, sip_port: sandbox.sipPort,
    mail_port: sandbox.mailPort,
    public_url: sandbox.publicUrl,
  }));
  const stop = (): void => void sandbox.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
  console.error(`The sandbox cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
