import datetime
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deskhand.adapters.edge.client import EdgeHttp
from deskhand.ports.http import Answer, OutwardRequest
from tests.integration.edge.wire import Wire

Get = Callable[..., Coroutine[None, None, Answer]]


@pytest.fixture
async def http() -> AsyncIterator[EdgeHttp]:
    edge = EdgeHttp()
    yield edge
    await edge.close()


@pytest.fixture
def call(http: EdgeHttp) -> Get:
    """Send to a server from the workspace `acme`, whose allow-list has it."""

    async def send(server: Wire, method: str = "GET", path: str = "/", **given: object) -> Answer:
        request = OutwardRequest(method, server.url + path, **given)  # type: ignore[arg-type]
        return await http.send("acme", request, server.allowed)

    return send


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate with its key for shop.internal."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.internal")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("shop.internal")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "shop.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
