#!/bin/bash
# Embeds the pictures of one list in shards: one task of a Slurm array for each shard, each with a study of its own.
#
#   1. Change what is marked with CHANGE below.
#   2. On the login node, once:  clipbook models download clip-vit-b32
#   3. JOB=$(sbatch --parsable slurm-array.sh)
#   4. sbatch --dependency=afterok:$JOB slurm-merge.sh
#
# A task that was cut off goes on where it stopped when it is started again: by Slurm itself, which does so after a node
# failed (--requeue), or by you, for shards 7 and 12 alone:  sbatch --array=7,12 slurm-array.sh
#
#SBATCH --job-name=clipbook-index
# CHANGE: one task for each shard, counted from 1. %20 lets 20 of them run at the same time.
#SBATCH --array=1-100%20
# CHANGE: cores and memory of one task, and how long it may take; benchmark.md in Clipbook's docs says how many pictures
# two cores embed in a second. What was finished when the time is up is stored.
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=02:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=clipbook-index-%A_%a.log
set -euo pipefail

# CHANGE: as many as the array has tasks. Together with the list it decides which picture is in which shard: keep it when
# you start some of the tasks again.
SHARDS="${SHARDS:-100}"
# CHANGE: the pictures, and a folder for the studies; both have to be the same place on all nodes.
PICTURES="${PICTURES:-$HOME/pictures}"
STUDIES="${STUDIES:-$HOME/studies}"
MODEL="${MODEL:-clip-vit-b32}"

mkdir -p "$STUDIES"
# exec: Slurm's signals reach Clipbook itself, which then stores what it has finished.
exec clipbook index "$PICTURES" --shard "auto/$SHARDS" --study "$STUDIES/shard-$SLURM_ARRAY_TASK_ID" --model "$MODEL" --threads "${SLURM_CPUS_PER_TASK:-1}"
