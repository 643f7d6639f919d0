"""The one reader of the environment. Every setting is listed by `lendline doctor` and in the README."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = ".env"
SOURCE_PREFIX = "LENDLINE_SOURCE_"
_ORIGIN = r"https?://[a-z0-9.-]+(:[0-9]{1,5})?"


class SourceSettings(BaseSettings):
    """Where one source really is: `LENDLINE_SOURCE_<NAME>_URL`, `_ID`, `_SECRET`, `_PROFILE`.

    Without an address the source talks to its sandbox. `id` and `secret` are what the source knows us by (an API key
    is an id without a secret), `profile` is one of those its manifest declares, the first when unset.
    """

    model_config = SettingsConfigDict(env_file=ENV_FILE, env_ignore_empty=True, extra="ignore")

    url: str | None = None
    id: SecretStr = SecretStr("")
    secret: SecretStr = SecretStr("")
    profile: str = ""


class Settings(BaseSettings):
    """Settings from the environment or a `.env` file; an unset one has the embedded default."""

    model_config = SettingsConfigDict(env_file=ENV_FILE, env_ignore_empty=True, extra="ignore")

    home: Path = Field(Path(".lendline"), validation_alias="LENDLINE_HOME", description="where files are kept")
    database: str | None = Field(
        None, validation_alias="LENDLINE_DATABASE_URL", description="sqlite:///FILE or postgresql://..."
    )
    telegram_token: SecretStr | None = Field(None, validation_alias="TELEGRAM_BOT_TOKEN", description="the bot's token")
    telegram_api: str = Field(
        "https://api.telegram.org", validation_alias="TELEGRAM_API_URL", description="base of the Bot API"
    )
    telegram_webhook: str | None = Field(
        None, validation_alias="TELEGRAM_WEBHOOK_URL", description="webhook mode when set; long polling otherwise"
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None, validation_alias="TELEGRAM_WEBHOOK_SECRET", description="what Telegram sends in its secret header"
    )
    telegram_passport_key: Path | None = Field(
        None,
        validation_alias="TELEGRAM_PASSPORT_KEY",
        description="a file with the RSA key of Telegram Passport (PEM); unset: it is not offered",
    )
    telegram_pace: float = Field(
        30.0,
        validation_alias="TELEGRAM_MESSAGES_PER_SECOND",
        gt=0,
        le=1000,
        description="messages a second over all chats; Telegram allows more than 30 to bots that pay for it",
    )
    public_url: str | None = Field(
        None, validation_alias="LENDLINE_PUBLIC_URL", description="where owners and lenders reach the web part"
    )
    embed: str | None = Field(
        None,
        validation_alias="LENDLINE_EMBED_ORIGINS",
        pattern=rf"^{_ORIGIN}(\s*,\s*{_ORIGIN})*$",
        description="sites that may show the web chat in a frame, such as https://lender.example; comma-separated",
    )
    scoring_url: str | None = Field(
        None, validation_alias="LENDLINE_SCORING_URL", description="the lender's service; unset: the reference one"
    )
    scoring_token: SecretStr | None = Field(
        None, validation_alias="LENDLINE_SCORING_TOKEN", description="bearer token of the scoring service"
    )
    llm: str | None = Field(None, validation_alias="LENDLINE_LLM", description="a model; unset: none is used")
    llm_base_url: str | None = Field(None, validation_alias="LENDLINE_LLM_BASE_URL", description="its address")
    llm_api_key: SecretStr | None = Field(None, validation_alias="LENDLINE_LLM_API_KEY", description="its key")
    llm_tracing: bool = Field(
        False, validation_alias="LENDLINE_LLM_TRACING", description="let LangSmith see redacted prompts; off by default"
    )
    secret_keys: SecretStr | None = Field(
        None,
        validation_alias="LENDLINE_SECRET_KEYS",
        description="keys for encryption at rest, newest first; generated into LENDLINE_HOME when unset",
    )
    products: Path | None = Field(
        None, validation_alias="LENDLINE_PRODUCTS", description="a folder of product sheets; unset: the examples"
    )
    log: Literal["text", "json"] = Field("text", validation_alias="LENDLINE_LOG", description="form of the log")

    @staticmethod
    def of_its_own(home: Path, database: str | None = None) -> "Settings":
        """Settings that know nothing of the environment: for a demonstration beside a real installation."""
        return Settings.model_construct(home=home, database=database)

    @property
    def database_url(self) -> str:
        """The database; by default a SQLite file in the home folder."""
        return self.database or f"sqlite:///{self.home / 'lendline.sqlite'}"

    @property
    def embed_origins(self) -> tuple[str, ...]:
        """The sites that may show the web chat in a frame."""
        return tuple(origin.strip() for origin in (self.embed or "").split(",") if origin.strip())

    def sources(self, names: Iterable[str]) -> dict[str, SourceSettings]:
        """The settings of these sources, those with nothing set left out."""
        found = {name: SourceSettings(_env_prefix=f"{SOURCE_PREFIX}{name.upper()}_") for name in names}
        return {name: each for name, each in found.items() if each != SourceSettings(_env_prefix=f"{SOURCE_PREFIX}_")}

    def stray(self, names: Iterable[str]) -> tuple[str, ...]:
        """Variables that look like settings of a source but belong to none of `names`: misspelt ones."""
        keys = {f"{SOURCE_PREFIX}{name}_{field}".upper() for name in names for field in SourceSettings.model_fields}
        given = (key.upper() for key in {**dotenv_values(ENV_FILE), **os.environ})
        return tuple(sorted(key for key in given if key.startswith(SOURCE_PREFIX) and key not in keys))
