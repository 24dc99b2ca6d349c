"""Fields: what `/release_task` takes, as one table for reading it and for the schema.

What the band has no hand for is in the table, too: it is read by name, and not heard.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple


class Field(NamedTuple):
    """One field of a request."""

    name: str
    type: str
    """As JSON Schema names it."""
    default: Any = None
    aliases: tuple[str, ...] = ()
    builds: frozenset[str] | None = None
    """Which builds know it; `None` for all."""

    @property
    def names(self) -> Iterator[str]:
        """Every name by which it goes, camelCase included."""
        for name in (self.name, *self.aliases):
            first, *rest = name.split("_")
            yield name
            yield first + "".join(word.capitalize() for word in rest)


NEWER, OLDER, FORK = "newer", "older", "fork"
_NEWER = frozenset({NEWER})
_FORK = frozenset({FORK})
FIELDS = (
    Field("prompt", "string", "", ("caption",)),
    Field("global_caption", "string", "", builds=_NEWER),
    Field("lyrics", "string", ""),
    Field("task_type", "string", "text2music"),
    Field("thinking", "boolean", default=False),
    Field("sample_mode", "boolean", default=False),
    Field("sample_query", "string", "", ("description", "desc")),
    Field("use_format", "boolean", False, ("format",)),
    Field("model", "string"),
    Field("bpm", "integer"),
    Field("key_scale", "string", "", ("keyscale", "key")),
    Field("time_signature", "string", "", ("timesignature",)),
    Field("audio_duration", "number", None, ("duration", "target_duration")),
    Field("vocal_language", "string", "en", ("language",)),
    Field("inference_steps", "integer", 8),
    Field("guidance_scale", "number", 7.0),
    Field("use_random_seed", "boolean", default=True),
    Field("seed", "string", "-1"),
    Field("batch_size", "integer"),
    Field("audio_format", "string", "mp3"),
    Field("reference_audio_path", "string"),
    Field("src_audio_path", "string", None, ("ctx_audio_path",)),
    Field("repainting_start", "number", 0.0),
    Field("repainting_end", "number"),
    Field("repaint_mode", "string", "balanced", builds=_NEWER),
    Field("repaint_strength", "number", 0.5, builds=_NEWER),
    Field("repaint_latent_crossfade_frames", "integer", 10, builds=_NEWER),
    Field("repaint_wav_crossfade_sec", "number", 0.0, builds=_NEWER),
    Field("chunk_mask_mode", "string", "auto", builds=_NEWER),
    Field("audio_cover_strength", "number", 1.0),
    Field("cover_noise_strength", "number", 0.0),
    Field("instruction", "string", ""),
    Field("audio_code_string", "string", ""),
    Field("track_name", "string"),
    Field("track_classes", "array"),
    Field("analysis_only", "boolean", default=False),
    Field("full_analysis_only", "boolean", default=False),
    Field("extract_codes_only", "boolean", default=False),
    Field("use_adg", "boolean", default=False),
    Field("cfg_interval_start", "number", 0.0),
    Field("cfg_interval_end", "number", 1.0),
    Field("infer_method", "string", "ode"),
    Field("shift", "number", 3.0),
    Field("timesteps", "string"),
    Field("use_tiled_decode", "boolean", default=True),
    Field("lm_model_path", "string"),
    Field("lm_backend", "string"),
    Field("lm_temperature", "number", 0.85),
    Field("lm_cfg_scale", "number", 2.5),
    Field("lm_top_k", "integer"),
    Field("lm_top_p", "number", 0.9),
    Field("lm_repetition_penalty", "number", 1.0),
    Field("lm_negative_prompt", "string", "NO USER INPUT"),
    Field("constrained_decoding", "boolean", default=True),
    Field("use_cot_caption", "boolean", default=True),
    Field("use_cot_language", "boolean", default=True),
    Field("is_format_caption", "boolean", default=False),
    Field("allow_lm_batch", "boolean", default=True),
    Field("tempo_scale", "number", 1.0, builds=_FORK),
    Field("pitch_shift", "integer", 0, builds=_FORK),
)


def fields_of(build: str) -> tuple[Field, ...]:
    """Return the fields that a build knows."""
    return tuple(field for field in FIELDS if field.builds is None or build in field.builds)
