"""All settings in one place: environment (JIXIAO_*), then ``jixiao.toml``, then defaults."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from ingest.errors import JixiaoError

UNREAD = "none"  # as the setting 'reader'


class Settings(BaseSettings):
    """What can be set. Every field is also an environment variable JIXIAO_<NAME>."""

    model_config = SettingsConfigDict(
        env_prefix="JIXIAO_", toml_file="jixiao.toml", extra="forbid", frozen=True
    )

    store: Path = Field(Path(".jixiao"), description="folder of the catalog and its indexes")
    embedding: str = Field(
        "builtin",
        description="'builtin', a sentence-transformers name or folder, or 'none': words alone",
    )
    reader: Literal["builtin", "none"] = Field(
        "builtin", description="the network that reads questions and figures, or none: rules alone"
    )
    glossary: Path | None = Field(
        None, description="folder of glossary tables (.tsv) in place of those that ship"
    )
    aliases: Path | None = Field(
        None, description="file of departments' other names, tab-separated, one a line"
    )
    max_file_mb: int = Field(50, ge=1, description="largest report file read, in MiB")
    max_unpacked_mb: int = Field(400, ge=1, description="largest unpacked Office file, in MiB")
    max_pages: int = Field(2000, ge=1, description="most pages of one PDF that are read")
    max_cells: int = Field(500_000, ge=1, description="most filled table cells of one file")
    max_ocr_pages: int = Field(50, ge=0, description="most pages of one file that OCR reads")
    max_question_chars: int = Field(1000, ge=10, description="longest question answered")
    lock_timeout_s: float = Field(10.0, ge=0, description="seconds to wait for a locked store")
    host: str = Field("127.0.0.1", description="address of the web page")
    port: int = Field(7860, ge=0, le=65535, description="port of the web page")
    root_path: str = Field(
        "", pattern=r"^(/[\w.-]+)*/?$", description="path that a proxy serves the page under"
    )
    trusted_proxies: str = Field(
        "127.0.0.1,::1",
        description="addresses of proxies whose X-Forwarded headers are believed, comma-separated",
    )
    session_hours: float = Field(12.0, gt=0, description="hours until one must log in again")
    max_failed_logins: int = Field(
        5, ge=1, description="failed logins of a name from an address before a pause"
    )
    lockout_minutes: float = Field(15.0, gt=0, description="length of that pause")
    questions_per_minute: int = Field(60, ge=1, description="most questions of a user a minute")
    uploads_per_hour: int = Field(500, ge=1, description="most files that a user uploads an hour")
    max_upload_mb: int = Field(200, ge=1, description="largest upload, all its files, in MiB")
    access_log_mb: int = Field(10, ge=1, description="size at which the access log is turned over")
    access_logs_kept: int = Field(10, ge=1, description="how many turned-over access logs are kept")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@cache
def settings(**given: Any) -> Settings:
    """The settings in force; those given, as by an option of a command, before all others.

    Raises:
        JixiaoError: a value that does not fit, with its name.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise JixiaoError(f"setting {name}: {first['msg']}") from error
    except (OSError, ValueError) as error:
        raise JixiaoError(f"jixiao.toml cannot be read: {error}") from error
