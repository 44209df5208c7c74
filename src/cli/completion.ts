import { SETTING_NAMES } from '../config/table.ts';
import { STORIES } from '../demo/stories.ts';
import { UsageError } from './given.ts';

const COMMAND_WORDS = ['monitor', 'logs', 'explain', 'doctor', 'config', 'demo', 'completion'];
const MORE_OPTIONS = [
  'once',
  'format',
  'json',
  'help',
  'version',
  'for',
  'file',
  'stdin',
  'follow',
  'since',
  'all',
  'level',
  'class',
  'grep',
  'jsonl',
  'source',
  'status',
  'story',
  'list',
  'serve',
];

/** A script for the shell to source. */
export function completionOf(shell: string): string {
  const options = [...SETTING_NAMES, ...MORE_OPTIONS].map((name) => `--${name}`).sort();
  const stories = STORIES.map((story) => story.name).join(' ');
  switch (shell) {
    case 'bash':
      return `_watchtower() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  case $before in
    --story) COMPREPLY=($(compgen -W '${stories}' -- "$word")); return ;;
    --format) COMPREPLY=($(compgen -W 'text json' -- "$word")); return ;;
    config) COMPREPLY=($(compgen -W 'paths check' -- "$word")); return ;;
    completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- "$word")); return ;;
    --config|--env-file|--key-file|--log-file|--file|--state-dir) COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  COMPREPLY=($(compgen -W '${[...COMMAND_WORDS, ...options].join(' ')}' -- "$word"))
}
complete -F _watchtower watchtower
`;
    case 'zsh':
      return `#compdef watchtower
_watchtower() {
  case \${words[CURRENT-1]} in
    --story) compadd ${stories}; return ;;
    --format) compadd text json; return ;;
    config) compadd paths check; return ;;
    completion) compadd bash zsh fish; return ;;
    --config|--env-file|--key-file|--log-file|--file|--state-dir) _files; return ;;
  esac
  compadd -- ${[...COMMAND_WORDS, ...options].join(' ')}
}
compdef _watchtower watchtower
`;
    case 'fish':
      return `complete -c watchtower -f
complete -c watchtower -n __fish_use_subcommand -a '${COMMAND_WORDS.join(' ')}'
complete -c watchtower -n '__fish_seen_subcommand_from config' -a 'paths check'
complete -c watchtower -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
complete -c watchtower -l story -x -a '${stories}'
complete -c watchtower -l format -x -a 'text json'
${options.map((option) => `complete -c watchtower -l ${option.slice(2)}\n`).join('')}`;
    default:
      throw new UsageError('watchtower: completion knows bash, zsh and fish');
  }
}
