import importPlugin from 'eslint-plugin-import';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const rooms = ['identity', 'privacy', 'wallet', 'checker'];

// app -> features -> shared, pwa. A feature never imports another: what two of them need is given
// by app, or stands in shared.
const zones = [
  ...rooms.map((room) => ({
    target: `./src/features/${room}`,
    from: './src/features',
    except: [`./${room}`],
    message: 'a feature does not import another feature',
  })),
  { target: './src/features', from: './src/app', message: 'a feature does not import app' },
  { target: './src/shared', from: ['./src/app', './src/features'], message: 'shared imports neither' },
  { target: './src/pwa', from: ['./src/app', './src/features', './src/shared'], message: 'pwa stands alone' },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/shared/api/schema.gen.ts', 'playwright-report', 'test-results'] },
  ...tseslint.configs.recommended,
  jsxA11y.flatConfigs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { import: importPlugin, 'react-hooks': reactHooks },
    settings: { 'import/resolver': { node: { extensions: ['.ts', '.tsx', '.css', '.json'] } } },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'import/no-restricted-paths': ['error', { zones }],
      'import/no-cycle': 'error',
      'import/no-default-export': 'error',
      'jsx-a11y/label-has-associated-control': ['error', { depth: 5 }],
      'no-console': 'error',
      'max-lines': ['error', 400],
      'no-restricted-globals': [
        'error',
        { name: 'localStorage', message: 'nothing is kept there: see src/pwa' },
        { name: 'sessionStorage', message: 'nothing is kept there: see src/pwa' },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**', '*.config.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'import/no-default-export': 'off', 'no-restricted-globals': 'off' },
  },
);
