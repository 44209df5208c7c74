/** Stands under the help. */
export const EXAMPLES = `
Every option is also WATCHTOWER_<NAME> in the environment and a key in the config file.
The key comes from LITELLM_MASTER_KEY, LITELLM_API_KEY or WATCHTOWER_KEY, in the environment or
in .env, or from --key-file; it is never an argument.

Examples:
  watchtower                               the dashboard on localhost:4000
  watchtower --once --port 4001            one look; exit 0 OK, 1 WARN, 2 CRIT, 3 UNKNOWN
  watchtower --once --format json          the same for a program
  watchtower monitor --for 10m             lines for a log
  watchtower explain 'Insufficient credits'
  watchtower demo --list                   stories of a simulated gateway
`;
