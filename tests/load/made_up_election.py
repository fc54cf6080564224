"""An election of any size, made up by chance from a fixed seed: what a city of a million voters could hand in."""

import numpy as np

SEED = 2026


def made_up_election(voters: int, plans: int, most_choices: int = 6) -> bytes:
    """Return a Pabulib file: costs spread over three powers of ten, a few popular plans and many that are not.

    Each voter approves of 1 to `most_choices` plans; the pot pays about a fifth of all plans.
    """
    chance = np.random.default_rng(SEED)
    costs = (10 ** chance.uniform(3, 6, plans)).astype(int)
    liked = chance.zipf(1.3, plans).clip(max=1000).astype(float)
    lengths = chance.integers(1, most_choices + 1, voters)
    picked = chance.choice(plans, size=(voters, most_choices), p=liked / liked.sum())
    lines = [
        "META", "key;value", "description;Verzonnen verkiezing", "country;Nederland", "unit;Verzonnen",
        f"num_projects;{plans}", f"num_votes;{voters}", f"budget;{costs.sum() // 5}", "vote_type;approval",
        "rule;greedy", "PROJECTS", "project_id;cost", *(f"{plan + 1};{cost}" for plan, cost in enumerate(costs)),
        "VOTES", "voter_id;vote",
    ]  # fmt: skip
    for voter, (row, length) in enumerate(zip((picked + 1).tolist(), lengths.tolist(), strict=True)):
        lines.append(f"{voter};{','.join(map(str, dict.fromkeys(row[:length])))}")
    return ("\n".join(lines) + "\n").encode()
