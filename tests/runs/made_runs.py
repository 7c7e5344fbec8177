"""Run folders with invented episodes, for tests of what is made from them."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw

from mobilegym.emulator.device import JournalEntry
from mobilegym.episodes.files import EpisodeWriter
from mobilegym.episodes.format import EpisodeEnd, EpisodeManifest, EpisodeStep, Target, verdict_to_dict
from mobilegym.runs.plan import Job, RunPlan
from mobilegym.runs.store import RunStore
from mobilegym.verdict import Check, Errored, Failed, Passed, SideEffect, Undecided, Verdict

TASKS = {
    "contacts.add_with_email": ("contacts", "easy", "Add Mira Okafor to my contacts with the number 555-0142 and mira@example.com."),
    "contacts.delete_duplicate": ("contacts", "medium", "There are two entries for Leo Park. Delete the one without a number."),
    "messages.reply_to_last": ("messages", "easy", "Reply to the last message from Ana: “On my way”."),
    "messages.forward_address": ("messages contacts", "hard", "Send Jonas the address that Ana texted me yesterday."),
    "clock.set_alarm": ("clock", "easy", "Wake me at 6:45 on weekdays."),
    "calendar.move_meeting": ("calendar", "medium", "Move tomorrow's dentist appointment to Friday at the same time."),
    "settings.dark_theme": ("settings", "easy", "Turn the dark theme on."),
    "settings.impossible_5g": ("settings", "hard", "Switch the phone to 5G."),
}
RATES = {"solution": 1.0, "vista-7b": 0.62, "always_ask": 0.0, "null": 0.0, "random": 0.04}


def made_run(folder: Path, *, seeds: int = 3, left_out: int = 0, pictures: bool = False) -> RunStore:
    """A run whose episodes are drawn from a seeded generator; the last `left_out` jobs are not run yet."""
    plan = RunPlan(
        suite="starter",
        suite_hash="a1" * 32,
        templates=tuple(TASKS),
        agents=tuple(RATES),
        seeds=tuple(range(seeds)),
        package_version="0.1.0",
        pixels=(600, 270),
        pictures=pictures,
    )
    store = RunStore.create(folder, plan)
    jobs = plan.jobs()
    for job in jobs[: len(jobs) - left_out]:
        finish(store, job, invented(random.Random(str(job)), job), pictures=pictures)
    return store


def invented(rng: random.Random, job: Job) -> Verdict:
    draw = rng.random()
    good = Check("row_exists", True, 2.0, "one row with display_name Mira Okafor", "1 row")
    if draw < RATES[job.agent]:
        return Passed((good, Check("nothing_else", True, 1.0, "no other change", "none")))
    if job.agent not in ("null", "random", "always_ask") and draw > 0.97:
        return Errored("the time limit of 600 s ran out; the worker was killed")
    if job.agent == "vista-7b" and draw > 0.94:
        return Undecided("the judge abstained with certainty 0.41")
    bad = Check("row_exists", False, 2.0, "one row with display_name Mira Okafor", "0 rows")
    effect = (
        (SideEffect("db:com.android.providers.telephony/mmssms.db/sms/7", None, '{"address":"555-0101","body":"hi"}', draw > 0.8),)
        if draw > 0.75
        else ()
    )
    return Failed(
        (bad, good),
        effect,
        reason="`row_exists`: expected one row, found none" if not effect else "a message was sent that nobody asked for",
    )


def finish(store: RunStore, job: Job, verdict: Verdict, *, pictures: bool = False) -> None:
    apps, difficulty, request = TASKS[job.template]
    manifest = EpisodeManifest(
        suite="starter",
        suite_hash=store.plan.suite_hash,
        task=job.template,
        seed=job.seed,
        agent=job.agent,
        device="virtual",
        request=request,
        apps=tuple(apps.split()),
        difficulty=difficulty,
        split="test" if job.seed % 2 else "train",
        package_version="0.1.0",
        max_steps=20,
    )
    steps = 1 if job.agent == "null" else 3 + len(job.template) % 5
    with EpisodeWriter(store.path(job)) as writer:
        writer.manifest(manifest)
        for number in range(0 if isinstance(verdict, Errored) else steps + 1):
            action = (
                None
                if number == 0
                else {"action": "finish", "status": "done"}
                if number == steps
                else {"action": "tap", "x": 0.2 + number / 10, "y": 0.3}
            )
            step = EpisodeStep(
                step=number,
                action=action,
                clock=f"2026-03-11T09:3{number % 10}:00-04:00",
                activity="com.android.settings/.Settings",
                screen_hash="0" * 32,
                target=Target("Button", "Display") if action and "x" in action else None,
                picture=f"{number:04d}.png" if pictures else None,
                journal=(
                    JournalEntry(number, 0, "effect", "com.android.settings", "setting.changed", "reversible", {"key": "ui_night_mode"}),
                ),
            )
            writer.step(step, picture(number) if pictures else None)
        writer.finish(EpisodeEnd(verdict=verdict_to_dict(verdict), status="errored" if isinstance(verdict, Errored) else "done"))


def picture(number: int) -> bytes:
    image = Image.new("RGB", (270, 600), (245, 245, 248))
    draw = ImageDraw.Draw(image)
    for row in range(9):
        draw.rounded_rectangle((14, 40 + row * 60, 256, 88 + row * 60), 10, fill=(255, 255, 255) if row != number else (216, 226, 255))
        draw.rectangle((28, 58 + row * 60, 120 + (row * 37) % 90, 64 + row * 60), fill=(120, 120, 130))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
