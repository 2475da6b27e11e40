"""The warning of a site that shares its host with others."""

import pytest

from checklist.site.publishing.shared_host import shared_host_warning


@pytest.mark.parametrize("address", ["", "https://example.org", "https://example.org/"])
def test_a_site_with_a_host_of_its_own_needs_no_warning(address: str) -> None:
    """Its path is the root."""
    assert shared_host_warning(address) is None


@pytest.mark.parametrize("address", ["https://example.org/guide/", "http://127.0.0.1:8000/a/b/"])
def test_a_site_in_a_folder_is_warned_of(address: str) -> None:
    """The warning names the address, the host and what to do."""
    warning = shared_host_warning(address)
    assert warning is not None
    assert address in warning
    assert "host of its own" in warning
