"""The keys of addresses in JSON: schema.org, CRMs, maps, registers, and ten languages."""

from __future__ import annotations

from collections.abc import Mapping

#: The parts of an address, each with its keys: lower case, without signs. A column's name ends with
#: the part.
_PARTS: Mapping[str, str] = {
    "street": """
        street streetaddress streetname street1 streetline1 address1 addressline1 addressline line1
        addresslines lines address adresse direccion road thoroughfare route strasse straße str
        straße1 rue voie libellevoie adresseligne1 calle domicilio via indirizzo logradouro rua
        endereco ulica straat straatnaam gata gatuadress gade vej vejnavn adressebetegnelse
        katu katuosoite osoite utca strada улица 街道 住所 地址 番地
    """,
    "number": """
        housenumber housenr streetnumber housenum hausnummer hausnr numero numerovoie civico
        numerocivico huisnummer nr numer numerdomu husnummer husnr
    """,
    "postcode": """
        postcode postalcode postal zip zipcode zippostalcode postcodezip plz postleitzahl
        codepostal cp codigopostal cap codicepostale cep kodpocztowy postnummer postnr
        postinumero psc iranyitoszam codpostal индекс 郵便番号 邮编 邮政编码
    """,
    "city": """
        city town village locality addresslocality localityname postaltown municipality cityname
        hamlet ort stadt ortschaft gemeinde wohnort ville commune libellecommune localite ciudad
        localidad poblacion municipio citta comune localita cidade localidade miasto miejscowosc
        plaats woonplaats stad plaatsnaam postort kommun by bynavn postdistrikt poststed kaupunki
        postitoimipaikka varos helyseg telepules mesto obec oras localitate город 市 城市 市区町村
    """,
    "region": """
        region state province addressregion stateprovince stateorprovince statecode provincecode
        statename administrativearea administrativearealevel1 regioncode bundesland kanton canton
        departement provincia regione comunidadautonoma estado uf wojewodztwo provincie lan fylke
        maakunta область 省 都道府県
    """,
    "country": """
        country countryname addresscountry countryregion land pays pais paese nazione stato kraj
        maa orszag zeme stat tara страна 国家 国
    """,
    "country code": """
        countrycode countryiso countryiso2 iso2 isocountrycode isocode landkode landcode
        landeskennzeichen codepays countryalpha2
    """,
    "latitude": "latitude lat",
    "longitude": "longitude lon lng long",
    "whole": """
        formatted formattedaddress fulladdress full displayname freeform freeformaddress singleline
        addresslabel
    """,
}
PART_OF_KEY: Mapping[str, str] = {
    key: part for part, keys in _PARTS.items() for key in keys.split()
}
#: The kinds of Google's `address_components`.
PART_OF_GOOGLE: Mapping[str, str] = {
    "street_number": "number",
    "route": "street",
    "postal_code": "postcode",
    "locality": "city",
    "postal_town": "city",
    "administrative_area_level_1": "region",
    "country": "country",
}
#: Keys that programmers and other languages use for other things too: alone they make no address.
_UNSURE_KEYS_TEXT = """
    by via str route line1 lines cap cp postal address adresse adres full
"""
UNSURE_KEYS = frozenset(_UNSURE_KEYS_TEXT.split())
#: Words of the keys under which an object is an address, whatever else it holds; lower case, without
#: accents.
_ADDRESS_WORDS_TEXT = """
    addr adr address location locations geolocation place places geo hq sede sedes siege
    sieges адрес адреса
"""
ADDRESS_WORDS = frozenset(_ADDRESS_WORDS_TEXT.split())
#: Words with these endings are such words too: `Firmenadresse`, `hoofdadres`.
ADDRESS_ENDINGS = (
    *("address", "addresses", "adres", "adress", "adresse", "adressen", "adresser", "adresa"),
    *("direccion", "direcciones", "indirizzo", "indirizzi", "endereco", "enderecos"),
    *("domicile", "domicilio", "domicilios", "osoite", "osoitteet"),
    *("headquarter", "headquarters", "standort", "standorte", "hauptsitz", "firmensitz"),
    *("住所", "地址", "所在地"),
)
_OTHERS = ("email", "mail", "ip", "mac", "web", "url", "wallet")
#: With one of these words in front, a key is about something else.
OTHER_ADDRESSES = frozenset((*_OTHERS, *(f"{other}address" for other in _OTHERS)))
_ABOUT_ADDRESSES_TEXT = """
    status policy policies type kind verification quality check score count hint settings
"""
ABOUT_ADDRESSES = frozenset(_ABOUT_ADDRESSES_TEXT.split())
#: The keys that say which of several addresses is the company's own.
MAIN_FLAGS = ("primary", "isprimary", "main", "ismain", "default", "headquarters", "isheadquarters")
MAIN_KINDS = ("hq", "headquarter", "primary", "main", "registered", "legal", "hauptsitz", "siege")
