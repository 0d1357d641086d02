"""Pictures that pages showed from other sites, brought into the library if somebody asks for it."""

from isomer.fetch.far_pictures import Fetch, host_name, with_far_pictures

__all__ = ["Fetch", "host_name", "with_far_pictures"]
