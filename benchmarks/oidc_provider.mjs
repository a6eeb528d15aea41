// The other side of the token endpoint: npm oidc-provider in production mode, everything in its memory.
//   NODE_ENV=production node oidc_provider.mjs PORT CLIENT_ID CLIENT_SECRET SCOPE
const { default: Provider } = await import(
  new URL('../sandbox/node_modules/oidc-provider/lib/index.js', import.meta.url));
const [port, client_id, client_secret, scope] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id, client_secret, grant_types: ['client_credentials'], redirect_uris: [], response_types: [], scope }],
  features: { clientCredentials: { enabled: true }, introspection: { enabled: true } },
  scopes: [scope],
});
provider.listen(Number(port), '127.0.0.1');
