"""`hamroh services`: the ids that invitations and referrals name."""

from hamroh.places import region_of
from tests.hamroh.conftest import Command
from vault.settings import read_settings


def test_every_service_of_the_region_is_listed_with_the_id_that_an_invitation_names(command: Command) -> None:
    status, told, _ = command("services", HAMROH_REGION="samarqand")
    region = region_of(read_settings({"HAMROH_REGION": "samarqand"}))
    assert status == 0
    assert [line.split()[0] for line in told.splitlines()] == [service.id for service in region.services]
    assert all(service.name("en") in told for service in region.services)


def test_an_unknown_region_is_refused_with_those_that_there_are(command: Command) -> None:
    status, told, refused = command("services", HAMROH_REGION="atlantis")
    assert (status, told) == (2, "")
    assert refused == ("hamroh: HAMROH_REGION: there is no region 'atlantis' here (there are: bukhara, samarqand).\n")
