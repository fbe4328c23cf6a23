import type { CommitState } from '../catalog/model/common.ts'

/** The state of a delta that people see: a committed one of a deprecated partition or stream counts no longer. */
export function deltaState(isStaged: boolean, isDeprecatedAbove: boolean): CommitState {
  if (isStaged) return 'staged'
  return isDeprecatedAbove ? 'deprecated' : 'committed'
}
